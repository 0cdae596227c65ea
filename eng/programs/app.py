"""Starlette's hello, and the same for WSGI. Each request takes 20 ms, as if it asked a database."""
import asyncio
import time

from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route


async def hello(request):
    await asyncio.sleep(0.02)
    return PlainTextResponse("hello\n")


app = Starlette(routes=[Route("/", hello)])


def wsgi(environ, start_response):
    time.sleep(0.02)
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "6")])
    return [b"hello\n"]
