"""`python3 notebooks [open] [--lang vi|en] [--port N] [--no-browser] [--projector]`: set up once, then open the course.

`kit` and `questions` make what a teacher prints or takes to Moodle, `lock` is for authors; `--help` tells more.
Written so that a Python as old as 3.6 can read it, and can tell the learner that it is too old.
"""

import sys

OLDEST = (3, 11)
TOO_OLD = {
    "vi": "Cần Python 3.11 trở lên; máy này đang dùng {}. Hãy cài bản mới rồi chạy lại.",
    "en": "Python 3.11 or newer is needed; this is {}. Please install a newer one and run the command again.",
}


def too_old(version, arguments):
    """Return the sentence about a Python of this version in the learner's language, or None if it is new enough."""
    if tuple(version[:2]) >= OLDEST:
        return None
    english = "--lang=en" in arguments or "--lang en" in " ".join(arguments)
    return TOO_OLD["en" if english else "vi"].format(".".join(str(part) for part in version[:3]))


def main():
    """Run the command and return its exit code."""
    sentence = too_old(sys.version_info, sys.argv[1:])
    if sentence:
        # Bytes, since an old Python may not be able to write Vietnamese to this terminal.
        sys.stderr.buffer.write((sentence + "\n").encode("utf-8"))
        return 1
    import launch

    return launch.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
