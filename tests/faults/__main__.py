"""Many runs by hand: `python -m tests.faults 3000 30 [FIRST]`: runs, pages, the first seed; `make thorough` does so."""

import sys

from tests.faults.many import many, told

if __name__ == "__main__":
    runs, pages, *first = map(int, sys.argv[1:])
    ran = many(runs, pages, killed=runs // 10, first=first[0] if first else 1)
    sys.stdout.write(told(ran))
    sys.exit(any(one.faults for one in ran))
