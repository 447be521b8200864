/**
 * Seals by which readers know which agent wrote a record. Brokers do not look into records: an
 * agent that may write to a topic may write anything there, also in another's name. So each agent
 * has a key of its own, made from the fleet's secret and its id, and whoever reads holds the secret
 * and checks. The verdict is pure; only the policy's secrets are read from where they stand.
 */
package io.tocsin.schemas.seal;
