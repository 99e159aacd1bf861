"""Reports: an alignment as a view, and the view as a page; one file per format."""
