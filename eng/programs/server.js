// Node's own HTTP server. On SIGTERM server.close(): no new connections, and the end once the last one is gone.
const http = require('node:http');
const pause = require('./pause');

const server = http.createServer((request, response) => {
  request.resume();
  request.on('end', () => setTimeout(() => {
    response.writeHead(request.method === 'POST' ? 201 : 200, { 'Content-Type': 'text/plain' });
    response.end('hello');
  }, pause(request.method, request.url)));
});

server.listen(process.env.PORT, '127.0.0.1');
process.on('SIGTERM', () => server.close());
