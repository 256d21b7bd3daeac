import asyncio, json, sys
from aiokafka import AIOKafkaProducer

ARTICLE = {
    "id": "wire-1",  # names the article for good; a corrected one comes under the same id with a greater version
    "version": 0,
    "body": "Ukraine's air force said it shot down 41 of 52 drones launched by Russia overnight.",
    "published_at": "2025-06-18T07:30:00Z",  # with an offset; it dates "overnight"
    "source": "wire.example",
}


async def main(brokers: str = "127.0.0.1:9092", topic: str = "news.article.v1") -> None:
    async with AIOKafkaProducer(bootstrap_servers=brokers, acks="all", enable_idempotence=True) as producer:
        await producer.send_and_wait(topic, json.dumps(ARTICLE).encode(), key=ARTICLE["id"].encode())
        # await producer.send_and_wait(topic, None, key=b"wire-1")  # withdraws it


asyncio.run(main(*sys.argv[1:]))
