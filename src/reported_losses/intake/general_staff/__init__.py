"""Records of the General Staff's reports, and the figures decided from them."""
