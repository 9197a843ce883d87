using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Parley.Client.Connection;
using Parley.Protocol.Features;
using Parley.UI.Primitives;
using Parley.UI.Resources;
using Parley.UI.State;

namespace Parley.UI.Features.Accounts;

/// <summary>One form for logging in and for registering, and the questions that a certificate can raise.</summary>
public sealed partial class LoginScreen : IDisposable
{
    private readonly CancellationTokenSource _lifetime = new();
    private readonly TypedServer _typed = new();
    private string _username = "";
    private string _password = "";
    private string _invite = "";
    private bool _needsInvite;
    private ServerAddress? _greeted;
    private ServerGreeting? _greeting;
    private bool _advanced;
    private bool _busy;
    private LogInKind _kind;
    private string? _problem;
    private LogInResult.UnknownCertificate? _unknown;
    private LogInResult.CertificateChanged? _changed;
    private TextField? _hostField;
    private TextField? _usernameField;
    private TextField? _passwordField;
    private TextField? _inviteField;
    private TextField? _focusNext;
    private bool _focusInvite; // The field is there after the next draw.

    /// <summary>The account to log in to again; null for a server that is not among the person's yet.</summary>
    [Parameter]
    public Account? Account { get; set; }

    /// <summary>The person's own server, which was just started; null for any other.</summary>
    [Parameter]
    public ServerAddress? Server { get; set; }

    /// <summary>What is told before the form.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    /// <summary>The person goes back; without it to the account that was in view.</summary>
    [Parameter]
    public EventCallback OnCancel { get; set; }

    [Inject]
    public required HostCapabilities Host { get; set; }

    [Inject]
    public required AccountList Accounts { get; set; }

    [Inject]
    public required WindowNavigation Window { get; set; }

    // Beside servers that are there already, the address is what matters first, and there is a way back.
    private bool IsAdding => Account is null && !IsOwn && Accounts.All.Length > 0;

    private bool IsOwn => Server is not null;

    // What the person came for: nobody has an account on a server that was just started, and whoever was asked for a code is registering.
    // Whoever never logged in anywhere is new. Where nobody can register, there is nothing but the login.
    private LogInKind First => !IsClosed && (IsOwn || _needsInvite || IsNewcomer) ? LogInKind.Register : LogInKind.LogIn;

    private LogInKind Second => First == LogInKind.LogIn ? LogInKind.Register : LogInKind.LogIn;

    private bool IsNewcomer => Account is null && Accounts.All.Length == 0 && Accounts.Profile.LastUsername is null;

    // Either may be known first: the server says so to whoever comes, and again when it refuses.
    private bool AsksForInvite => _needsInvite || _greeting?.Joining == Joining.Invite;

    private bool IsClosed => _greeting?.Joining == Joining.Closed;

    // One machine has one server of a person.
    private bool CanHost => Account is null && !IsOwn && Host.OwnServer is { } own && Accounts.Find(own.Address) is null;

    private string Title => IsOwn ? Strings.OwnServer : IsAdding ? Strings.AddServer : Strings.LoginTitle;

    private string Lead =>
        IsOwn ? Strings.OwnServerLead : IsAdding ? Strings.AddServerLead : Account is null ? Strings.LoginLead : Phrase.Format(Strings.LoginTo, Account.Name);

    private string ServerInWords => _typed.ToString();

    public void Dispose()
    {
        _lifetime.Cancel();
        _lifetime.Dispose();
    }

    protected override void OnInitialized()
    {
        _username = Account?.Username ?? Accounts.Profile.LastUsername ?? "";
        var last = Accounts.Profile.LastServer;
        if ((Account?.Server ?? Server ?? Window.Wanted ?? (Accounts.Find(last) is null ? last : null)) is { } server)
        {
            _typed.Fill(server);
        }
        else if (IsAdding)
        {
            _typed.Host = "";
        }

        if (Account?.Notice is { } notice)
            Show(notice);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        // Whoever asked for the form wants to write in it; at a start, somebody may be elsewhere already.
        if (firstRender && _typed.Host.Length == 0 && _hostField is { } host)
            await host.FocusAsync();
        else if (firstRender && (_username.Length == 0 ? _usernameField : _passwordField) is { } first)
            await first.FocusIfFreeAsync();
        if (_focusInvite)
        {
            (_focusInvite, _focusNext) = (false, _inviteField);
        }

        if (_focusNext is not { } field)
            return;
        _focusNext = null;
        await field.FocusAsync();
    }

    // When the person is at the form, and at another server's address than before: who may register there decides what the form asks for.
    private async Task GreetAsync()
    {
        _typed.TakeApart();
        if (_typed.Parse() is not { } server || server == _greeted)
            return;
        (_greeted, _greeting) = (server, null);
        try
        {
            var greeting = await Accounts.GreetAsync(server, _lifetime.Token);
            if (server == _greeted)
                _greeting = greeting;
        }
        catch (OperationCanceledException)
        {
            // The screen is gone.
        }
    }

    private static string LabelOf(LogInKind kind) => kind == LogInKind.Register ? Strings.Register : Strings.LogIn;

    private string? Busy(LogInKind kind) => _busy && _kind == kind ? "true" : null;

    private Task KeyAsync(KeyboardEventArgs key) =>
        key.Key == "Escape" && IsAdding && _unknown is null && _changed is null ? CancelAsync() : Task.CompletedTask;

    private Task CancelAsync()
    {
        if (OnCancel.HasDelegate)
            return OnCancel.InvokeAsync();
        Window.Back();
        return Task.CompletedTask;
    }

    private void ToggleAdvanced() => _advanced = !_advanced;

    private Task TrustAsync()
    {
        if (_unknown is not { } unknown || ReadServer() is not { } server)
            return Task.CompletedTask;
        Accounts.Profile.SavePin(server, unknown.Certificate.Fingerprint);
        _unknown = null;
        return SubmitAsync(_kind);
    }

    private async Task SubmitAsync(LogInKind kind)
    {
        if (_busy)
            return;
        _problem = null;
        if (ReadServer() is not { } server)
            return;
        if (_username.Trim().Length > 0 && _password.Length == 0)
        {
            _focusNext = _passwordField; // Enter after the name, as in any form.
            return;
        }

        if (_typed.PinOf(server) is { } pin && Accounts.Profile.PinOf(server) is null)
            Accounts.Profile.SavePin(server, pin);
        _kind = kind;
        _busy = true;
        try
        {
            var result = await Accounts.LogInAsync(
                server, _username.Trim(), _password, kind, AsksForInvite && _invite.Trim() is { Length: > 0 } code ? code : null, _lifetime.Token);
            if (result is LogInResult.LoggedIn && Accounts.Find(server) is { } account)
                Window.Show(account);
            Show(result);
        }
        catch (OperationCanceledException) when (_lifetime.IsCancellationRequested)
        {
            // The screen is gone; nobody waits for the answer.
        }
        finally
        {
            _busy = false;
        }
    }

    private void Show(LogInResult result)
    {
        switch (result)
        {
            case LogInResult.Refused { Code: AuthRefusal.InviteRequired } refused:
                // The first time nobody could know of it: then the field is the whole message.
                _problem = AsksForInvite ? Sentences.Translate(refused.Message) : null;
                _needsInvite = true;
                _focusInvite = true;
                break;
            case LogInResult.Refused refused:
                _problem = Sentences.Translate(refused.Message);
                _focusNext = _passwordField;
                break;
            case LogInResult.SessionEnded ended:
                _problem = Sentences.Translate(ended.Message);
                break;
            case LogInResult.Unreachable unreachable:
                _problem = Sentences.Translate(unreachable.Message);
                break;
            case LogInResult.UnknownCertificate when _typed.Parse() is { } server && Accounts.Profile.IsSystemTrusted(server):
                _problem = Phrase.Format(Strings.CertificateNoLongerVerified, ServerInWords);
                break;
            case LogInResult.UnknownCertificate unknown:
                _unknown = unknown;
                break;
            case LogInResult.CertificateChanged changed:
                _changed = changed;
                break;
        }
    }

    // What is wrong with the server's address is told where it is typed, so the section opens.
    private ServerAddress? ReadServer()
    {
        var server = _typed.Read();
        _advanced |= server is null;
        return server;
    }
}
