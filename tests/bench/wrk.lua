-- Ask for the addresses of a file in turn: wrk ... -s wrk.lua URL -- ADDRESSES HEADER:VALUE ...
-- A line has an address and, behind a tab, the entity tag of what the reader has already, if there is one.

local threads = 0

function setup(thread)
   thread:set("number", threads)
   threads = threads + 1
end

function init(args)
   local headers = {}
   for place = 2, #args do
      local name, value = args[place]:match("^([^:]+):(.*)$")
      headers[name] = value
   end
   requests = {}
   for line in io.lines(args[1]) do
      local path, tag = line:match("^([^\t]+)\t?(.*)$")
      headers["If-None-Match"] = tag ~= "" and tag or nil
      requests[#requests + 1] = wrk.format("GET", path, headers)
   end
   -- Threads begin at different places, or they would ask for the same page at the same moment.
   turn = math.floor(#requests * number / 2)
end

function request()
   turn = turn % #requests + 1
   return requests[turn]
end

function done(summary, latency)
   local errors = summary.errors
   io.write(string.format(
      '{"requests": %d, "seconds": %f, "p50": %f, "p99": %f, "errors": %d}\n',
      summary.requests, summary.duration / 1e6,
      latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
      errors.connect + errors.read + errors.write + errors.status + errors.timeout
   ))
end
