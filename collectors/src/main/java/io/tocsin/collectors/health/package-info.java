/**
 * Health checks: is a target up, down, or can it not be told, and why.
 *
 * <p>A {@link io.tocsin.collectors.health.HealthCheck} names a {@link
 * io.tocsin.collectors.health.Target} and how often it is tried. Each kind of target has an
 * attempt, which gives a verdict; what an answer means is decided apart from asking for it.
 *
 * <p>DOWN is said of a target that answers wrongly, refuses or keeps silent when it is asked
 * itself. Where somebody else is asked about it, such as systemd, Docker or Kubernetes, and that
 * one does not answer, the verdict is UNKNOWN, with a problem that an operator can see to.
 */
package io.tocsin.collectors.health;
