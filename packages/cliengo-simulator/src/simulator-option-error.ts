/** An option of the simulator that cannot be meant. */
export class SimulatorOptionError extends RangeError {
  readonly code = "ERR_SIMULATOR_OPTION";
  readonly retryable = false;

  constructor(option: string, value: unknown, expected: string) {
    super(`Simulator option ${option} is ${String(value)}; it must be ${expected}.`);
    this.name = "SimulatorOptionError";
  }
}
