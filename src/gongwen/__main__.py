"""``python -m gongwen``."""

from gongwen.cli import main

if __name__ == "__main__":
    main()
