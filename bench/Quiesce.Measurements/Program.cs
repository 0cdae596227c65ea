using Quiesce.Measurements.Connections;
using Quiesce.Measurements.Footprint;
using Quiesce.Measurements.Http;
using Quiesce.Measurements.Tail;

// eng/bench-http, eng/bench-tail, eng/bench-footprint and eng/bench-connections call this: the result is on standard output, the progress on
// standard error.
// measurements http|tail|footprint|connections SERVICE COUNT SECONDS [NAME=COMMAND ...]
(string what, string service) = (args[0], args[1]);
int count = int.Parse(args[2], System.Globalization.CultureInfo.InvariantCulture);
var seconds = TimeSpan.FromSeconds(int.Parse(args[3], System.Globalization.CultureInfo.InvariantCulture));
return what switch
{
    "http" => await HttpMeasurement.RunAsync(service, count, seconds),
    "tail" => await TailMeasurement.RunAsync(service, count, args[4..]),
    "footprint" => await FootprintMeasurement.RunAsync(service, count, seconds),
    "connections" => await ConnectionsMeasurement.RunAsync(service, count),
    _ => throw new ArgumentException($"'{what}' is unknown. Use http, tail, footprint or connections."),
};
