"""The AWS command line for many commands: to start it takes a second, a command hardly any.

Each line that comes in is the words of a command in JSON; the line that goes out for it is its status and what it
printed.
"""

import contextlib
import io
import json
import sys

from awscli.clidriver import create_clidriver


def main():
    driver, answers = create_clidriver(), sys.stdout
    for line in sys.stdin:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
            try:
                status = driver.main(json.loads(line))
            except SystemExit as end:
                status = end.code
        print(json.dumps({"status": status, "printed": printed.getvalue()}), file=answers, flush=True)


main()
