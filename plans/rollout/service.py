"""A small service that is rolled out by plans/rollout.execplan.yaml: two slots, blue and green, and traffic between them.

Usage: service.py FOLDER. It listens on a port that the system picks and writes its address to FOLDER/run/url. What was
done to it is in FOLDER/run/state.json, with the keys of the requests, so that it is still true when the service is
started again; FOLDER/state.json says what serves now.

GET    /health                 {"status": "ok"}
GET    /state                  slots, traffic and the number of failed requests
GET    /artifacts/app-VERSION  the program of a version
PUT    /slots/NAME             {"version": "2.0.0", "healthy": true}: puts a version into a slot, which warms up then
DELETE /slots/NAME             empties a slot
GET    /slots/NAME/health      503 with Retry-After while it warms up; {"status": "ok", "version": …} or "broken"
POST   /traffic                {"slot": "green", "percent": 10}; the same Idempotency-Key counts once
"""
import http.server
import json
import os
import sys
import threading
import time

FOLDER = sys.argv[1]
WARM_UP = 0.5
# When each slot was filled: a process that is started later finds its slots warm.
FILLED = {}
LOCK = threading.Lock()


def load():
    try:
        with open(f"{FOLDER}/run/state.json") as file:
            return json.load(file)
    except FileNotFoundError:
        blue = {"version": "1.0.0", "healthy": True}
        return {"slots": {"blue": blue}, "traffic": {"blue": 100}, "changes": 0, "keys": []}


def shown(state):
    return {key: state[key] for key in ("slots", "traffic", "changes")}


def save(state):
    for path, value in (("run/state.json", state), ("state.json", shown(state))):
        with open(f"{FOLDER}/{path}.new", "w") as file:
            json.dump(value, file, indent=2)
        os.replace(f"{FOLDER}/{path}.new", f"{FOLDER}/{path}")


class Service(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, format, *arguments):
        print(self.command, self.path, *arguments, flush=True)

    def answer(self, status, value, headers=()):
        body = json.dumps(value).encode() + b"\n"
        self.send_response(status)
        for name, text in headers:
            self.send_header(name, text)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def handle_any(self):
        length = int(self.headers.get("Content-Length") or 0)
        data = json.loads(self.rfile.read(length) or b"null")
        parts = self.path.strip("/").split("/")
        with LOCK:
            state = load()
            self.route(self.command, parts, data, state)

    def route(self, method, parts, data, state):
        if (method, parts) == ("GET", ["health"]):
            self.answer(200, {"status": "ok"})
        elif (method, parts) == ("GET", ["state"]):
            self.answer(200, shown(state))
        elif method == "GET" and parts[0] == "artifacts":
            body = f"the program {parts[1]}\n".encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        elif method == "PUT" and parts[0] == "slots":
            state["slots"][parts[1]] = {"version": data["version"], "healthy": data["healthy"]}
            save(state)
            FILLED[parts[1]] = time.monotonic()
            self.answer(201, {"slot": parts[1], "version": data["version"]})
        elif method == "DELETE" and parts[0] == "slots":
            known = state["slots"].pop(parts[1], None)
            save(state)
            self.answer(200 if known else 404, {"slot": parts[1]})
        elif method == "GET" and parts[0] == "slots" and parts[-1] == "health":
            slot = state["slots"].get(parts[1])
            if slot is None:
                self.answer(404, {"status": "empty"})
            elif time.monotonic() - FILLED.get(parts[1], -WARM_UP) < WARM_UP:
                self.answer(503, {"status": "warming up"}, [("Retry-After", "1")])
            else:
                status = "ok" if slot["healthy"] else "broken"
                self.answer(200, {"status": status, "version": slot["version"]})
        elif (method, parts) == ("POST", ["traffic"]):
            key = self.headers.get("Idempotency-Key")
            if key not in state["keys"]:
                state["keys"].append(key)
                state["changes"] += 1
                state["traffic"] = {data["slot"]: data["percent"]}
                if data["percent"] < 100:
                    rest = "blue" if data["slot"] == "green" else "green"
                    state["traffic"][rest] = 100 - data["percent"]
                save(state)
            self.answer(200, {"traffic": state["traffic"]})
        else:
            self.answer(404, {"error": f"{method} {self.path} is not known"})

    do_GET = do_PUT = do_POST = do_DELETE = handle_any


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Service)
server.daemon_threads = True
save(load())
with open(f"{FOLDER}/run/url.new", "w") as file:
    file.write(f"http://127.0.0.1:{server.server_address[1]}")
os.replace(f"{FOLDER}/run/url.new", f"{FOLDER}/run/url")
server.serve_forever()
