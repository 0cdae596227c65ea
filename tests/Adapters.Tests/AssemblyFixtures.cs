using Adapters.Tests.Servers;

[assembly: AssemblyFixture(typeof(PostgreSqlServer))]
[assembly: AssemblyFixture(typeof(RabbitMqServer))]
[assembly: CollectionBehavior(DisableTestParallelization = true)] // a server that one test stops is every test's
