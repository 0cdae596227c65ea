using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Quiesce.AspNetCore.Tests.Support;

/// <summary>A certificate that nobody trusts, for an hour.</summary>
internal static class TestCertificate
{
    public static X509Certificate2 Create()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        return new CertificateRequest("CN=test", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddMinutes(-1), now.AddHours(1));
    }
}
