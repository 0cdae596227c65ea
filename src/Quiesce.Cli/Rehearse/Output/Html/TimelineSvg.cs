using System.Globalization;
using System.Net;
using System.Text;

namespace Quiesce.Cli.Rehearse.Output.Html;

/// <summary>Draws one timeline. Everything is named where it is drawn, so that no legend is needed.</summary>
internal static class TimelineSvg
{
    private const double Width = 1000, Left = 244, Right = 96, Plot = Width - Left - Right;
    private const double EventHeight = 18, LaneHeight = 34, LaneGap = 8, AxisHeight = 24;

    public static string Draw(Timeline timeline)
    {
        double top = (timeline.Events.Count * EventHeight) + 8;
        double bottom = top + (timeline.Lanes.Count * (LaneHeight + LaneGap));
        var svg = new StringBuilder();
        Add(svg, $"<svg viewBox='0 0 {Width} {bottom + AxisHeight}' role='img' aria-label='Timeline of deployment {timeline.Deployment}'>");
        DrawPhases(svg, timeline, top, bottom);
        for (int i = 0; i < timeline.Lanes.Count; i++) { DrawLane(svg, timeline, timeline.Lanes[i], top + (i * (LaneHeight + LaneGap))); }
        for (int i = 0; i < timeline.Events.Count; i++) { DrawEvent(svg, timeline, i, bottom); }
        DrawAxis(svg, timeline, bottom);
        return svg.Append("</svg>").ToString();
    }

    // From each event to the next, from the signal on: leaving, and closed but still there.
    private static void DrawPhases(StringBuilder svg, Timeline timeline, double top, double bottom)
    {
        TimelineEvent[] ends = [.. timeline.Events.Where(static what => what.EndsPhase)];
        for (int i = 0; i + 1 < ends.Length; i++)
        {
            double from = X(timeline, ends[i].Seconds), to = X(timeline, ends[i + 1].Seconds);
            Add(svg, $"<rect class='phase{(i > 0 ? " closed" : "")}' x='{from:F2}' y='{top}' width='{to - from:F2}' height='{bottom - top}'/>");
        }
    }

    private static void DrawLane(StringBuilder svg, Timeline timeline, TimelineLane lane, double top)
    {
        double most = Math.Max(lane.Bins.Max(), 1), slice = Plot / lane.Bins.Count, floor = top + LaneHeight;
        Add(svg, $"<g class='{lane.Style}'><text class='name' x='{Left - 12}' y='{floor - 9}' text-anchor='end'>{WebUtility.HtmlEncode(lane.Name)}</text>");
        Add(svg, $"<line class='floor' x1='{Left}' x2='{Width - Right}' y1='{floor}' y2='{floor}'/>");
        if (lane.IsArea) { DrawArea(svg, lane, slice, floor, most); }
        for (int i = 0; !lane.IsArea && i < lane.Bins.Count; i++)
        {
            if (lane.Bins[i] == 0) { continue; }

            // A single one must be seen beside a hundred.
            double height = Math.Max(lane.Bins[i] / most * LaneHeight, 4);
            Add(svg, $"<rect x='{Left + (i * slice):F2}' y='{floor - height:F2}' width='{Math.Max(slice - 0.6, 0.8):F2}' height='{height:F2}'>");
            Add(svg, $"<title>{lane.Bins[i]} {WebUtility.HtmlEncode(lane.Name)} at {At(timeline, i, lane.Bins.Count):+0.00;-0.00;0.00} s</title></rect>");
        }

        Add(svg, $"<text class='figure' x='{Width - Right + 12}' y='{floor - 9}'>{lane.Figure}</text></g>");
    }

    private static void DrawArea(StringBuilder svg, TimelineLane lane, double slice, double floor, double most)
    {
        Add(svg, $"<path d='M{Left} {floor}");
        for (int i = 0; i < lane.Bins.Count; i++)
        {
            double y = floor - (lane.Bins[i] / most * LaneHeight);
            Add(svg, $"L{Left + (i * slice):F2} {y:F2}H{Left + ((i + 1) * slice):F2}");
        }

        Add(svg, $"V{floor}Z'/>");
    }

    private static void DrawEvent(StringBuilder svg, Timeline timeline, int index, double bottom)
    {
        TimelineEvent what = timeline.Events[index];
        double x = X(timeline, what.Seconds), y = (index + 1) * EventHeight;

        // Each on a line of its own, so that events of the same moment stay readable; towards the right edge the text stands before its mark.
        bool before = x > Left + (Plot * 0.7);
        Add(svg, $"<g class='event{(index == 0 ? " signal" : "")}'><line x1='{x:F2}' x2='{x:F2}' y1='{y - 12}' y2='{bottom}'/>");
        Add(svg, $"<text x='{x + (before ? -6 : 6):F2}' y='{y - 2}' text-anchor='{(before ? "end" : "start")}'>{WebUtility.HtmlEncode(what.Text)}</text></g>");
    }

    private static void DrawAxis(StringBuilder svg, Timeline timeline, double bottom)
    {
        double span = timeline.To - timeline.From;
        double step = new[] { 0.5, 1, 2, 5, 10, 20, 60, 300 }.First(candidate => span / candidate <= 8 || candidate >= 300);
        svg.Append("<g class='axis'>");
        for (double at = Math.Ceiling(timeline.From / step) * step; at <= timeline.To; at += step)
        {
            double x = X(timeline, at);
            string text = at == 0 ? "signal" : at.ToString("+0.#;-0.#", CultureInfo.InvariantCulture) + " s";
            Add(svg, $"<line x1='{x:F2}' x2='{x:F2}' y1='{bottom}' y2='{bottom + 4}'/><text x='{x:F2}' y='{bottom + 18}' text-anchor='middle'>{text}</text>");
        }

        svg.Append("</g>");
    }

    private static double X(Timeline timeline, double seconds) =>
        Left + ((Math.Clamp(seconds, timeline.From, timeline.To) - timeline.From) / (timeline.To - timeline.From) * Plot);

    private static double At(Timeline timeline, int slice, int slices) => timeline.From + ((slice + 0.5) / slices * (timeline.To - timeline.From));

    private static void Add(StringBuilder svg, FormattableString text) => svg.Append(text.ToString(CultureInfo.InvariantCulture));
}
