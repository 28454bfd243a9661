"""An expression told in words: each node, the whole as a sentence, what it costs."""
