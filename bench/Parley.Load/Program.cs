using System.CommandLine;
using Parley.Load.Commands;

// The framework's own epoll threads sleep while this program's loops work; a burst of continuations must not wait for the thread pool to grow.
ThreadPool.SetMinThreads(32, 32);
var root = new RootCommand("Puts load on a chat server of this machine and measures what it does. The last line of output is one JSON object of figures.")
{
    ReplayCommand.Create(), RoomCommand.Create(), PrivateCommand.Create(), SaturateCommand.Create(), IdleCommand.Create(), StoreCommand.Create(),
    LogInCommand.Create(), HistoryCommand.Create(), FloorCommand.Create(), FloodCommand.Create(), StartCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
