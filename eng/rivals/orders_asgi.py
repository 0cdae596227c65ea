"""ASGI, for Uvicorn."""
import asyncio
import random


async def app(scope, receive, send):
    if scope["type"] == "lifespan":
        while True:
            message = await receive()
            await send({"type": message["type"] + ".complete"})
            if message["type"] == "lifespan.shutdown":
                return
    while (await receive()).get("more_body"):
        pass
    taken = scope["method"] == "POST"
    if taken:
        await asyncio.sleep(random.uniform(0.005, 0.08))
    body = b'{"item":"tea"}'
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 201 if taken else 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})
