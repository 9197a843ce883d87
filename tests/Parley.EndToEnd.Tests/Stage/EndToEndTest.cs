using System.Diagnostics.CodeAnalysis;

namespace Parley.EndToEnd.Tests.Stage;

/// <summary>A test with a server of its own and the people who come to it. All go when the test ends.</summary>
public abstract class EndToEndTest(Browser browser) : IAsyncLifetime
{
    private readonly List<Person> _people = [];
    private ServerProcess? _server;

    protected ServerProcess Server => _server ?? throw new InvalidOperationException("The server has not started.");

    protected Browser Browser { get; } = browser;

    /// <summary>What the server is started with; a person's pace is not what most tests are about.</summary>
    protected virtual string[] ServerArgs => ["--no-limits"];

    /// <summary>Whether the pages' content security policy is put aside; only axe needs that.</summary>
    protected virtual bool BypassPolicy => false;

    public virtual async ValueTask InitializeAsync() => _server = await ServerProcess.StartAsync(ServerArgs);

    /// <summary>Somebody starts a desktop that knows the server and trusts it; the page shows the login screen.</summary>
    protected Task<Person> SitDownAsync(string name, int width = 1200, int height = 760) => SitDownAsync(name, DesktopProcess.For(Server), width, height);

    protected async Task<Person> SitDownAsync(string name, string[] desktopArgs, int width = 1200, int height = 760, string? bus = null)
    {
        var person = await Person.SitDownAsync(Browser, name, desktopArgs, width, height, BypassPolicy, bus);
        _people.Add(person);
        return person;
    }

    /// <summary>Somebody sits down and registers.</summary>
    protected async Task<Person> ComeAsync(string name, int width = 1200, int height = 760)
    {
        var person = await SitDownAsync(name, width, height);
        await person.RegisterAsync();
        return person;
    }

    [SuppressMessage("Usage", "CA1816:Dispose methods should call SuppressFinalize", Justification = "Nothing here has a finalizer.")]
    public virtual async ValueTask DisposeAsync()
    {
        var failures = new List<Exception>();
        foreach (var person in _people)
        {
            try
            {
                await person.DisposeAsync();
            }
            catch (Exception e)
            {
                failures.Add(e); // The others are to be ended, too.
            }
        }

        if (_server is not null)
            await _server.DisposeAsync();
        if (failures.Count > 0)
            throw new AggregateException(failures);
    }
}
