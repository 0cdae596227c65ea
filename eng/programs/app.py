"""Starlette, for Uvicorn."""
import asyncio

import pause
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route


async def serve(request):
    await request.body()
    await asyncio.sleep(pause.of(request.method, request.url.path))
    return PlainTextResponse("hello", status_code=201 if request.method == "POST" else 200)


app = Starlette(routes=[Route("/{path:path}", serve, methods=["GET", "POST"])])
