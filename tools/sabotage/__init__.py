"""Named bugs, planted one at a time: a test that was written for each must turn red (`sabotage.toml`)."""
