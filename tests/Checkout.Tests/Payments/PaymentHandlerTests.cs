using Checkout.Orders;
using Checkout.Payments;
using Checkout.Tests.Running;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Checkout.Tests.Payments;

public sealed class PaymentHandlerTests
{
    private static readonly PaymentRequest _request = new(new Order("one", "tea", 2, "pay_1", DateTimeOffset.UnixEpoch), 700);
    private readonly FakePaymentBook _book = new();
    private readonly FakeAuditTrail _audit = new();

    [Fact]
    public async Task Handle_NewOrder_IsEnteredAndAudited()
    {
        await Handler().HandleAsync(_request.ToBody(), CancellationToken.None);

        Assert.Equal([_request], _book.Entered);
        Assert.Equal([_request.Order], _audit.Written);
    }

    [Fact]
    public async Task Handle_DeliveredAgain_IsNeitherEnteredNorAuditedTwice()
    {
        PaymentHandler handler = Handler();

        await handler.HandleAsync(_request.ToBody(), CancellationToken.None);
        await handler.HandleAsync(_request.ToBody(), CancellationToken.None);

        Assert.Single(_book.Entered);
        Assert.Single(_audit.Written);
    }

    [Fact]
    public async Task Handle_TransactionFails_FailsTooAndAuditsNothing()
    {
        _book.Failure = new TimeoutException("The server does not answer.");

        await Assert.ThrowsAsync<TimeoutException>(() => Handler().HandleAsync(_request.ToBody(), CancellationToken.None));

        Assert.Empty(_audit.Written);
    }

    [Fact]
    public async Task Handle_CancelledAtTheProvider_LeavesNothingBehind()
    {
        using CancellationTokenSource deadline = new();
        Task handling = Handler(new ManualTime(), new PaymentOptions()).HandleAsync(_request.ToBody(), deadline.Token);

        await deadline.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => handling.WaitAsync(TestTimeouts.Hang));
        Assert.Empty(_book.Entered);
        Assert.Empty(_audit.Written);
    }

    [Theory]
    [InlineData("")]
    [InlineData("tea, please")]
    [InlineData("{}")]
    [InlineData("""{"Order":{"Id":"one"},"AmountCents":7}""")]
    public async Task Handle_IsNoPaymentRequest_IsDroppedAndNotDeliveredForEver(string body)
    {
        await Handler().HandleAsync(System.Text.Encoding.UTF8.GetBytes(body), CancellationToken.None);

        Assert.Empty(_book.Entered);
    }

    private PaymentHandler Handler() =>
        Handler(TimeProvider.System, new PaymentOptions { Fastest = TimeSpan.FromTicks(1), Slowest = TimeSpan.FromTicks(1) });

    private PaymentHandler Handler(TimeProvider time, PaymentOptions options)
    {
        PaymentProvider provider = new(Options.Create(options), time, NullLogger<PaymentProvider>.Instance);
        return new PaymentHandler(provider, _book, _audit, NullLogger<PaymentHandler>.Instance);
    }
}
