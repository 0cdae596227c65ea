extern alias web;

using Microsoft.AspNetCore.Mvc.Testing;

// What a test runner is to a service under test: the process belongs to the runner.
await using var factory = new WebApplicationFactory<web::Program>();
using HttpClient client = factory.CreateClient();
Console.WriteLine(await client.GetStringAsync("/"));
Console.WriteLine("tests run");
Console.ReadLine();
