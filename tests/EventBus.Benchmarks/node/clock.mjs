// The monotonic clock of the machine in nanoseconds: the same as Stopwatch.GetTimestamp of the .NET processes.
export const now = () => Number(process.hrtime.bigint());
