"""A platform with real Postgres and Kafka and one service that does nothing: for tests of what holds it together.

small_platform.py DATA BASE_PORT [well|ill|crashing]
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from lectern_local import place
from lectern_local.child import Program
from lectern_local.commands.up import foreground
from lectern_local.environment import bare
from lectern_local.installation import HOST, Installation
from lectern_local.plan import Planned
from lectern_local.trouble import Trouble

SERVER = """
import http.server, json, sys
class Health(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        ill = sys.argv[2] == "ill"
        self.send_response(503 if ill else 200)
        self.end_headers()
        self.wfile.write(json.dumps({"why": ["It is ill."]} if ill else {}).encode())
    def log_message(self, *_): pass
if sys.argv[2] == "crashing":
    sys.exit("It has nothing to live for.")
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Health).serve_forever()
"""


def plan(installation: Installation, how: str) -> Sequence[Planned]:
    port = installation.port("review")
    program = Program("review", [sys.executable, "-c", SERVER, str(port), how], bare())
    return [Planned(program, f"http://{HOST}:{port}/health")]


if __name__ == "__main__":
    where, base, how = (*sys.argv[1:], "well")[:3]
    try:
        foreground(
            place.prepared(Path(where)),
            int(base),
            plan=lambda installation: plan(installation, how),
            databases=[sys.executable, "-c", "pass"],
            greets=(),
        )
    except Trouble as trouble:
        sys.stderr.write(f"{trouble}\n")
        sys.exit(trouble.code)
