"""From Python modules to files in `build/`: discover, load, build, write."""
