// Express, with the graceful shutdown of its documentation: https://expressjs.com/en/advanced/healthcheck-graceful-shutdown.html
const express = require('express');
const pause = require('./pause');

const app = express();
app.use((request, response) => {
  setTimeout(() => response.status(request.method === 'POST' ? 201 : 200).send('hello'), pause(request.method, request.path));
});

const server = app.listen(process.env.PORT, '127.0.0.1');

process.on('SIGTERM', () => {
  console.log('SIGTERM signal received: closing HTTP server');
  server.close(() => {
    console.log('HTTP server closed');
  });
});
