"""Records of the General Staff's reports, and the figures decided from them.

`reconcile` reads the records (`gs_text`, `gs_infographic`, `petro`, `orc_losses`, `minfin`) as
readings, keeps what may be kept (`dissent`), chooses a total and an increment per cell
(`decide`), finds contradictions (`corrections`) and writes rows (`build`).
"""
