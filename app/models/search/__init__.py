"""What anything is found by: words as they are compared, and the index of them."""
