namespace Parley.Client.Features.Messages;

/// <summary>Makes nonces: UUIDs of version 7, 32 hexadecimal digits.</summary>
internal sealed class NonceSource(TimeProvider time)
{
    internal string Next() => Guid.CreateVersion7(time.GetUtcNow()).ToString("N");
}
