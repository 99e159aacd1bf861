"""Whatever proposes that a stretch of a document bears on a requirement, behind one interface."""
