"""What stands in a document, part by part: words to look it up by, read in the child process."""
