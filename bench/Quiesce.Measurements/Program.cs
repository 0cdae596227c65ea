using Quiesce.Measurements.Connections;
using Quiesce.Measurements.Footprint;
using Quiesce.Measurements.Http;
using Quiesce.Measurements.Messages;
using Quiesce.Measurements.Requests;
using Quiesce.Measurements.Schedule;
using Quiesce.Measurements.Tail;

// eng/bench-http, eng/bench-tail, eng/bench-footprint, eng/bench-connections, eng/bench-messages, eng/bench-request and eng/bench-load call this: the result is on
// standard output, the progress on standard error.
// measurements http|tail|footprint|connections SERVICE COUNT SECONDS [NAME=COMMAND ...]
// measurements messages BROKER PAIRS MESSAGES
// measurements requests - ROUNDS REQUESTS
// measurements schedule - RATE SECONDS
(string what, string service) = (args[0], args[1]);
int count = int.Parse(args[2], System.Globalization.CultureInfo.InvariantCulture);
int size = int.Parse(args[3], System.Globalization.CultureInfo.InvariantCulture);
var seconds = TimeSpan.FromSeconds(size);
return what switch
{
    "http" => await HttpMeasurement.RunAsync(service, count, seconds),
    "tail" => await TailMeasurement.RunAsync(service, count, args[4..]),
    "footprint" => await FootprintMeasurement.RunAsync(service, count, seconds),
    "connections" => await ConnectionsMeasurement.RunAsync(service, count),
    "messages" => await MessagesMeasurement.RunAsync(service, count, size),
    "requests" => await RequestMeasurement.RunAsync(count, size),
    "schedule" => BareSchedule.Run(count, seconds),
    _ => throw new ArgumentException($"'{what}' is unknown. Use http, tail, footprint, connections, messages, requests or schedule."),
};
