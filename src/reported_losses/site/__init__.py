"""The site: pages made from the data that need no server."""
