// GET /slow answers after 0.3 s. On SIGTERM as Node's documentation has it: stop listening, let the requests end.
const http = require('http');

const server = http.createServer((request, response) => {
  const answer = () => response.end('hello');
  if (request.url === '/slow') setTimeout(answer, 300); else answer();
});
server.listen(Number(process.argv[2]), '127.0.0.1');
process.on('SIGTERM', () => server.close());
