namespace Parley.Desktop.Windows;

/// <summary>No window: one line says where Parley is, and Enter in the terminal prints a new one (each address opens once).</summary>
internal sealed class AddressInstead : IAppWindow
{
    private readonly TaskCompletionSource<WindowEnd> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Func<Uri> _address;

    private AddressInstead(Func<Uri> address) => _address = address;

    public Task<WindowEnd> Ended => _ended.Task;

    internal static AddressInstead Open(Func<Uri> address)
    {
        var shown = new AddressInstead(address);
        shown.Print();
        Console.Out.WriteLine("The address works once. Press Enter for another.");
        // A thread of its own: a read from a terminal cannot be cancelled. With standard input closed (a service, CI) it ends at once.
        new Thread(shown.PrintOnEnter) { Name = "terminal", IsBackground = true }.Start();
        return shown;
    }

    public bool BringUp(string? startupId) => false;

    public void Close() => _ended.TrySetResult(WindowEnd.Closed);

    private void PrintOnEnter()
    {
        while (Console.In.ReadLine() is not null)
            Print();
    }

    private void Print() => Console.Out.WriteLine($"Parley is at {_address().AbsoluteUri}");
}
