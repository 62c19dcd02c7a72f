"""What a plug-in may be like too: it raises as soon as it is loaded."""

raise RuntimeError("this plug-in was written for another version")
