"""Brokers for the demo, the tests and the benchmarks, behind one small interface."""

from worker.broker.interface import Ability, Broker, BrokerError, BrokerUnavailableError, Say
from worker.broker.kafka import ApacheKafka, KafkaOptions, Node
from worker.broker.security import Security, Tls

__all__ = [
    "Ability",
    "ApacheKafka",
    "Broker",
    "BrokerError",
    "BrokerUnavailableError",
    "KafkaOptions",
    "Node",
    "Say",
    "Security",
    "Tls",
]
