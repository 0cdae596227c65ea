using Checkout.Payments;
using Checkout.Tests.Running;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Checkout.Tests.Payments;

public sealed class PaymentProviderTests
{
    [Theory]
    [InlineData(0, 5)]
    [InlineData(0.5, 10)]
    [InlineData(0.9375, 80)]
    [InlineData(0.9999999, 1_500)]
    public void AnswerTime_GrowsWithTheDraw_AndEndsAtTheSlowest(double luck, int milliseconds)
    {
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), Provider(TimeProvider.System).AnswerTime(luck));
    }

    [Fact]
    public async Task Authorise_Cancelled_EndsAtOnce()
    {
        using CancellationTokenSource clientGone = new();
        Task<Payment> asking = Provider(new ManualTime()).AuthoriseAsync("one", CheckoutApp.Tea, clientGone.Token);

        await clientGone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking.WaitAsync(TestTimeouts.Hang));
    }

    private static PaymentProvider Provider(TimeProvider time) =>
        new(Options.Create(new PaymentOptions()), time, NullLogger<PaymentProvider>.Instance);
}
