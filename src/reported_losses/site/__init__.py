"""The project's site: pages made from the data, to look at with a browser and to read by programs."""
