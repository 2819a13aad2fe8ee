"""A web server for tests: prints its port, and appends every request as a line of JSON to FOLDER/requests.

/echo              the request as JSON
/status/N?after=X  status N, with Retry-After: X if it is given
/flaky/NAME?n=2&status=503&after=X   fails n times, then answers with {"tries": N}
/hold/NAME         answers when FOLDER/go-NAME is there
/half/NAME         half of a file of 200,000 bytes, the rest when FOLDER/go-NAME is there
/redirect?to=URL   a redirect
/text?body=TEXT    the text, as it is
/big/N             N bytes
/endless           bytes without end
/drop              closes the connection without an answer
anything else      the file of that name in FOLDER, or 404
"""
import http.server
import json
import os
import sys
import threading
import time
import urllib.parse

FOLDER = sys.argv[1]
LOCK = threading.Lock()
TRIES = {}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, body=b"", headers=()):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def json(self, value, status=200):
        self.answer(status, json.dumps(value).encode(), [("Content-Type", "application/json")])

    def handle_any(self):
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length).decode("utf-8", "surrogateescape")
        url = urllib.parse.urlsplit(self.path)
        query = {k: v[0] for k, v in urllib.parse.parse_qs(url.query, keep_blank_values=True).items()}
        parts = url.path.strip("/").split("/")
        request = {
            "method": self.command,
            "path": self.path,
            "headers": {k.lower(): v for k, v in self.headers.items()},
            "body": body,
        }
        with LOCK:
            with open(os.path.join(FOLDER, "requests"), "a") as log:
                log.write(json.dumps(request) + "\n")
        after = [("Retry-After", query["after"])] if "after" in query else []
        if parts[0] == "echo":
            self.json(request)
        elif parts[0] == "status":
            self.answer(int(parts[1]), b"said the server\n", after)
        elif parts[0] == "flaky":
            with LOCK:
                TRIES[parts[1]] = TRIES.get(parts[1], 0) + 1
                tries = TRIES[parts[1]]
            if tries <= int(query.get("n", "1")):
                self.answer(int(query.get("status", "503")), b"not now\n", after)
            else:
                self.json({"tries": tries})
        elif parts[0] == "hold":
            self.wait(parts[1])
            self.json({"held": parts[1]})
        elif parts[0] == "half":
            data = bytes(i % 251 for i in range(200_000))
            self.send_response(200)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data[:100_000])
            self.wfile.flush()
            self.wait(parts[1])
            self.wfile.write(data[100_000:])
        elif parts[0] == "redirect":
            self.answer(int(query.get("status", "302")), b"moved\n", [("Location", query["to"])])
        elif parts[0] == "text":
            self.answer(200, query["body"].encode())
        elif parts[0] == "big":
            self.answer(200, b"x" * int(parts[1]))
        elif parts[0] == "endless":
            self.send_response(200)
            self.end_headers()
            while True:
                self.wfile.write(b"x" * 65536)
        elif parts[0] == "drop":
            self.close_connection = True
        else:
            try:
                with open(os.path.join(FOLDER, *parts), "rb") as file:
                    self.answer(200, file.read())
            except OSError:
                self.answer(404, b"there is no such thing\n")

    def wait(self, name):
        while not os.path.exists(os.path.join(FOLDER, "go-" + name)) and os.path.exists(FOLDER):
            time.sleep(0.01)

    def handle_one_request(self):
        try:
            super().handle_one_request()
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = do_PATCH = do_OPTIONS = handle_any


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.daemon_threads = True
print(server.server_address[1], flush=True)
server.serve_forever()
