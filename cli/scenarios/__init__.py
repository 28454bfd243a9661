"""Rules that are tried: situations, what promtool makes of them, and what that means for the person who wrote them."""
