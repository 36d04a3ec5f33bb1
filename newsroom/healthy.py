"""Ask this machine's server how it is: `python -m newsroom.healthy [live|ready] [SECONDS]`.

Exits with 0 once the server says yes, with 1 if it has not after so many seconds (by default at the first no).
"""

import http.client
import os
import sys
import time
from typing import Final

PATIENCE: Final = 5  # seconds for one answer


def ask(port: int, probe: str) -> tuple[bool, str]:
    """Return whether the server says yes, and its words."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", f"/-/health/{probe}")
        answer = connection.getresponse()
        return answer.status == http.HTTPStatus.OK, answer.read().decode("utf-8", "replace")
    except (OSError, http.client.HTTPException) as error:
        return False, f"The server on port {port} does not answer: {error}"
    finally:
        connection.close()


def main() -> int:
    """Ask, again if there is time, and print the last answer."""
    probe = sys.argv[1] if len(sys.argv) > 1 else "ready"
    seconds = sys.argv[2] if len(sys.argv) > 2 else "0"
    port = int(os.environ.get("GRANIAN_PORT") or os.environ.get("PORT") or "8000")
    end = time.monotonic() + float(seconds)
    is_healthy, words = ask(port, probe)
    while not is_healthy and time.monotonic() < end:
        time.sleep(0.5)
        is_healthy, words = ask(port, probe)
    sys.stdout.write(f"{words}\n")
    return 0 if is_healthy else 1


if __name__ == "__main__":
    sys.exit(main())
