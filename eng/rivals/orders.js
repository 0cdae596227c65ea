// Node: listen, and on SIGTERM server.close(), which closes idle connections and waits for the others.
const http = require('node:http');

const server = http.createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    const taken = request.method === 'POST';
    const pause = taken ? 5 + Math.random() * 75 : 0;
    setTimeout(() => {
      response.writeHead(taken ? 201 : 200, { 'Content-Type': 'application/json' });
      response.end('{"item":"tea"}');
    }, pause);
  });
});

server.listen(Number(process.env.PORT), '127.0.0.1');
process.on('SIGTERM', () => server.close(() => process.exit(0)));
