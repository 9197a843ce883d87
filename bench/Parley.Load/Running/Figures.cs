using System.Text;
using System.Text.Json;
using HdrHistogram;

namespace Parley.Load.Running;

/// <summary>The figures of a run, in the order in which they were added: the JSON line at its end.</summary>
internal sealed class Figures
{
    private readonly List<(string Name, object Value)> _values = [];

    public Figures()
    {
    }

    public Figures(string command) => Add("command", command);

    /// <summary>Whether nothing was found wrong: the exit code.</summary>
    public bool IsGood { get; private set; } = true;

    public Figures Add(string name, object? value)
    {
        if (value is not null)
            _values.Add((name, value is double d ? Math.Round(d, 3) : value));
        return this;
    }

    /// <summary>Adds all figures of others, each name with a prefix.</summary>
    public Figures AddAll(string prefix, Figures others)
    {
        foreach (var (name, value) in others._values)
            Add($"{prefix}_{name}", value);
        IsGood &= others.IsGood;
        return this;
    }

    /// <summary>A figure that has to be zero.</summary>
    public Figures AddFault(string name, long count)
    {
        IsGood &= count == 0;
        return Add(name, count);
    }

    public Figures AddLatency(string name, HistogramBase histogram)
    {
        if (histogram is not LongHistogram h)
            throw new ArgumentException("Latencies are kept in LongHistograms.", nameof(histogram));
        return Add(name + "_p50_ms", h.Milliseconds(50)).Add(name + "_p95_ms", h.Milliseconds(95)).Add(name + "_p99_ms", h.Milliseconds(99))
            .Add(name + "_max_ms", h.Milliseconds(100));
    }

    public T? Get<T>(string name) => _values.Where(v => v.Name == name).Select(v => (T)v.Value).FirstOrDefault();

    public string ToJson()
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            foreach (var (name, value) in _values)
            {
                json.WritePropertyName(name);
                JsonSerializer.Serialize(json, value, value.GetType());
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
