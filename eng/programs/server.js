// Node's own HTTP server, with the graceful shutdown of Express' documentation:
// https://expressjs.com/en/advanced/healthcheck-graceful-shutdown.html
const http = require('node:http');

const server = http.createServer((request, response) => setTimeout(() => response.end('hello\n'), 20));
server.listen(process.env.PORT, '127.0.0.1');

process.on('SIGTERM', () => {
  server.close(() => console.log('HTTP server closed'));
});
