"""WSGI, for Gunicorn."""
import random
import time


def app(environ, start_response):
    environ["wsgi.input"].read()
    taken = environ["REQUEST_METHOD"] == "POST"
    if taken:
        time.sleep(random.uniform(0.005, 0.08))
    body = b'{"item":"tea"}'
    start_response("201 Created" if taken else "200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]
