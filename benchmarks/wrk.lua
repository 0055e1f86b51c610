-- Print what wrk measured as benchmarks/load.py prints it; times are in milliseconds.
function done(summary, latency, requests)
    local failed = summary.errors
    local lost = failed.connect + failed.read + failed.write + failed.timeout
    io.write(string.format(
        '{"requests": %d, "per_second": %f, "p50": %f, "p95": %f, "p99": %f,'
            .. ' "statuses": {"200": %d, "other": %d, "lost": %d}}',
        summary.requests, summary.requests / summary.duration * 1e6,
        latency:percentile(50) / 1000, latency:percentile(95) / 1000, latency:percentile(99) / 1000,
        summary.requests - failed.status, failed.status, lost
    ))
end
