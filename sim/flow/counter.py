"""One number of luck at a time: plain Python, which the compiled journey compiles, with the same numbers to the bit."""

import math

MASK = 0xFFFF_FFFF_FFFF_FFFF
GOLDEN = 0x9E37_79B9_7F4A_7C15 - 2**64  # with a sign, as the rows it is multiplied by
FIRST, SECOND = 0xBF58_476D_1CE4_E5B9, 0x94D0_49BB_1331_11EB
UNIT = 2.0**-52
"""Between two neighbouring numbers; half of it keeps them off 0 and 1."""

MIDDLE = 0.425
"""Beyond so much from one half, Wichura's approximation counts from the nearer end."""
CENTRE = (
    2.5090809287301226727e3, 3.3430575583588128105e4, 6.7265770927008700853e4, 4.5921953931549871457e4,
    1.3731693765509461125e4, 1.9715909503065514427e3, 1.3314166789178437745e2, 3.3871328727963666080,
)  # fmt: skip
CENTRE_BELOW = (
    5.2264952788528545610e3, 2.8729085735721942674e4, 3.9307895800092710610e4, 2.1213794301586595867e4,
    5.3941960214247511077e3, 6.8718700749205790830e2, 4.2313330701600911252e1, 1.0,
)  # fmt: skip
NEAR = (
    7.7454501427834140764e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1, 1.27045825245236838258,
    3.64784832476320460504, 5.76949722146069140550, 4.63033784615654529590, 1.42343711074968357734,
)  # fmt: skip
NEAR_BELOW = (
    1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2, 1.48103976427480074590e-1,
    6.89767334985100004550e-1, 1.67638483018380384940, 2.05319162663775882187, 1.0,
)  # fmt: skip
FAR = (
    2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3, 2.65321895265761230930e-2,
    2.96560571828504891230e-1, 1.78482653991729133580, 5.46378491116411436990, 6.65790464350110377720,
)  # fmt: skip
FAR_BELOW = (
    2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5, 7.86869131145613259100e-4,
    1.48753612908506148525e-2, 1.36929880922735805310e-1, 5.99832206555887937690e-1, 1.0,
)  # fmt: skip


def wrapped(number: int) -> int:
    """Its 64 bits without a sign, for Python's whole numbers have no end; the compiled journey has its own way."""
    return number & MASK


def counted(row: int) -> int:
    """How far the counter has come at a row."""
    return wrapped((row + 1) * GOLDEN)


def uniform(start: int, steps: int) -> float:
    """The number between 0 and 1 of the stream that begins at `start`: SplitMix64 (Steele, Lea & Flood 2014)."""
    state = wrapped(start + steps)
    state = wrapped((state ^ (state >> 30)) * FIRST)
    state = wrapped((state ^ (state >> 27)) * SECOND)
    state ^= state >> 31
    return ((state >> 12) + 0.5) * UNIT


def exponential(luck: float) -> float:
    """With mean 1, rising with a uniform number."""
    return -math.log(1.0 - luck)


def normal(luck: float) -> float:
    """Standard normal, rising with a uniform number, to about 1e-16 (AS 241: Wichura 1988)."""
    off = luck - 0.5
    if abs(off) <= MIDDLE:
        rest = MIDDLE * MIDDLE - off * off
        return off * polynomial(CENTRE, rest) / polynomial(CENTRE_BELOW, rest)
    out = math.sqrt(-math.log(min(luck, 1.0 - luck)))
    if out <= 5.0:
        size = polynomial(NEAR, out - 1.6) / polynomial(NEAR_BELOW, out - 1.6)
    else:
        size = polynomial(FAR, out - 5.0) / polynomial(FAR_BELOW, out - 5.0)
    return size if off > 0.0 else -size


def polynomial(coefficients: tuple[float, ...], at: float) -> float:
    """Its value, by Horner's rule, the highest power first."""
    value = 0.0
    for coefficient in coefficients:
        value = value * at + coefficient
    return value
