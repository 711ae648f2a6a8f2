"""The project's site: pages made from the data, for people and for programs."""
