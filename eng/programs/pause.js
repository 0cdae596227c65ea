// How long a request takes, in milliseconds: the same in every program of this folder.
module.exports = (method, path) => (method === 'POST' ? 5 + Math.random() * 75 : { '/': 20, '/slow': 300 }[path] ?? 0);
