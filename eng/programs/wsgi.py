"""WSGI, for Gunicorn."""
import time

import pause


def app(environ, start_response):
    environ["wsgi.input"].read()
    method = environ["REQUEST_METHOD"]
    time.sleep(pause.of(method, environ["PATH_INFO"]))
    start_response("201 Created" if method == "POST" else "200 OK", [("Content-Type", "text/plain"), ("Content-Length", "5")])
    return [b"hello"]
